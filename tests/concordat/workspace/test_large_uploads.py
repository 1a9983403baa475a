"""20 MB are taken and 30 MB refused in words by a real web server, whose memory does not grow with them."""

import http.client
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from actionplans.models import Action
from signatories.models import Document
from tests import factories as make
from tests import sample_files as files
from tests import services

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
GROWTH = 8 * files.MEGABYTE  # of a process that has answered before


@pytest.fixture(autouse=True)
def _today() -> None:
    """The server is a process of its own: it goes by the real time, and so does this test."""


@pytest.fixture
def port(transactional_db: None) -> Iterator[int]:
    with services.web(connection.settings_dict["NAME"]) as port:
        yield port


@pytest.fixture
def action(transactional_db: None) -> Action:
    return make.make_action(lead=make.make_organisation())


def most_memory() -> int:
    """The most bytes that one of the server's processes has ever had."""
    found = []
    for process in psutil.Process().children(recursive=True):
        if "gunicorn" in " ".join(process.cmdline()):
            told = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            found.append(int(told.partition("VmHWM:")[2].split()[0]) * 1024)
    return max(found)


def send(port: int, action: Action, session: str, holds: bytes) -> tuple[int, str]:
    address = f"/workspace/actions/{action.pk}/evidence/"
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as server:
        server.request("GET", address, headers={"Cookie": f"sessionid={session}"})
        answer = server.getresponse()
        token = TOKEN.findall(answer.read().decode())[0]
        csrf = answer.headers["Set-Cookie"].partition("csrftoken=")[2].partition(";")[0]
        said = {"csrfmiddlewaretoken": token, "title": "What I typed", "file": SimpleUploadedFile("a.csv", holds)}
        body = encode_multipart(BOUNDARY, said)
        headers = {"Cookie": f"sessionid={session}; csrftoken={csrf}", "Content-Type": MULTIPART_CONTENT}
        server.request("POST", address, body, headers)
        answer = server.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is read from /proc")
def test_the_memory_stays_flat(action: Action, port: int) -> None:
    owner = make.make_person()
    make.make_membership("owner", person=owner, organisation=action.leads.get().organisation)
    make.make_owner(action=action, person=owner)
    client = Client()
    client.force_login(owner)
    session = client.cookies["sessionid"].value
    for number in range(6):  # both processes have answered
        send(port, action, session, b"a,b\n%d,2\n" % number)
    before, documents = most_memory(), Document.objects.count()
    line = b"a,b,c,d\n"
    status, _ = send(port, action, session, line * (20 * files.MEGABYTE // len(line)))
    assert (status, Document.objects.count()) == (302, documents + 1)
    status, page = send(port, action, session, line * (30 * files.MEGABYTE // len(line)))
    assert (status, Document.objects.count()) == (400, documents + 1)
    assert "This file has 30 MB, and the most we take is 20 MB." in page
    assert "What I typed" in page
    assert most_memory() - before < GROWTH
