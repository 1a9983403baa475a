from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "concordat.kernel"
    label = "kernel"
    verbose_name = "Records"
