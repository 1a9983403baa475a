import pytest

from concordat.tasks import mail_invitation, mail_person


@pytest.fixture(autouse=True)
def _mail_goes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a worker would send is sent before the answer comes."""
    for task in (mail_person, mail_invitation):
        monkeypatch.setattr(task, "delay", task.run)
