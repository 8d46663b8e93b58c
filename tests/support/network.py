"""A server and a client in networks of their own, and a cable between them that can be cut without a word to either."""

import contextlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.support.machine import Machine

SERVER, _CLIENT = "10.99.0.1", "10.99.0.2"
_NOBODY = "02:00:00:00:00:99"
"""Where frames go once the cable is cut: whoever gets one that is not for him drops it."""


@dataclass(frozen=True, slots=True)
class Wire:
    """The cable itself."""

    server: int
    """A process in the server's network."""
    client: int
    """One in the client's."""

    def cut(self) -> None:
        """From now on nothing arrives, in either direction, and nobody is told."""
        _inside(self.server, f"neigh replace {_CLIENT} lladdr {_NOBODY} dev server nud permanent")
        _inside(self.client, f"neigh replace {SERVER} lladdr {_NOBODY} dev client nud permanent")

    def mend(self) -> None:
        """It is as it was."""
        _inside(self.server, f"neigh del {_CLIENT} dev server")
        _inside(self.client, f"neigh del {SERVER} dev client")


@dataclass(frozen=True, slots=True)
class Cable:
    """The cable, and the machine as the client at its other end sees it."""

    machine: Machine
    wire: Wire

    def cut(self) -> None:
        """See `Wire.cut`."""
        self.wire.cut()


@contextlib.contextmanager
def cable(machine: Machine) -> Iterator[Cable]:
    """Join a client to a machine that was started with `is_apart`."""
    with network() as client, wire(machine.server.pid, client) as joined:
        yield Cable(replace(machine, host=SERVER, inside=client), joined)


@contextlib.contextmanager
def network() -> Iterator[int]:
    """A process in a network of its own, in which nothing else is."""
    process = subprocess.Popen(("unshare", "--net", "sh", "-c", "echo; exec sleep infinity"), stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid
    finally:
        process.kill()
        process.communicate()


@contextlib.contextmanager
def wire(server: int, client: int) -> Iterator[Wire]:
    """Join the networks of two processes: the server is `SERVER` to the client."""
    _inside(server, f"link add server type veth peer name client netns {client}")
    for pid, name, address in ((server, "server", SERVER), (client, "client", _CLIENT)):
        _inside(pid, f"addr add {address}/30 dev {name}")
        _inside(pid, f"link set {name} up")
    yield Wire(server, client)


def _inside(pid: int, words: str) -> None:
    subprocess.run(("nsenter", f"--target={pid}", "--net", "ip", *words.split()), check=True)
