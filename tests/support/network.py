"""A server and a client in networks of their own, and a cable between them that can be cut without a word to either."""

import contextlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.support.machine import Machine

_SERVER, _CLIENT = "10.99.0.1", "10.99.0.2"
_NOBODY = "02:00:00:00:00:99"
"""Where frames go once the cable is cut: whoever gets one that is not for him drops it."""


@dataclass(frozen=True, slots=True)
class Cable:
    """The cable, and the machine as the client at its other end sees it."""

    machine: Machine
    client: int
    """A process in the client's network."""

    def cut(self) -> None:
        """From now on nothing arrives, in either direction, and nobody is told."""
        _inside(self.machine.server.pid, f"neigh replace {_CLIENT} lladdr {_NOBODY} dev server nud permanent")
        _inside(self.client, f"neigh replace {_SERVER} lladdr {_NOBODY} dev client nud permanent")


@contextlib.contextmanager
def cable(machine: Machine) -> Iterator[Cable]:
    """Join a client to a machine that was started with `is_apart`."""
    client = subprocess.Popen(("unshare", "--net", "sh", "-c", "echo; exec sleep infinity"), stdout=subprocess.PIPE)
    try:
        assert client.stdout is not None
        client.stdout.readline()
        _inside(machine.server.pid, f"link add server type veth peer name client netns {client.pid}")
        for pid, name, address in ((machine.server.pid, "server", _SERVER), (client.pid, "client", _CLIENT)):
            _inside(pid, f"addr add {address}/30 dev {name}")
            _inside(pid, f"link set {name} up")
        yield Cable(replace(machine, host=_SERVER, inside=client.pid), client.pid)
    finally:
        client.kill()
        client.communicate()


def _inside(pid: int, words: str) -> None:
    subprocess.run(("nsenter", f"--target={pid}", "--net", "ip", *words.split()), check=True)
