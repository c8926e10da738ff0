"""Processes and what the kernel knows about them."""
import itertools
import os
import random
import resource
import signal
import socket
import subprocess
import time

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
running = []


def ports():
    """Below those that the kernel gives to clients, so that none of them takes one before its server does; none twice."""
    low = int((read("/proc/sys/net/ipv4/ip_local_port_range").split() or ["32768"])[0])
    first = random.randrange(10_000, low)
    yield from itertools.chain(range(first, low), range(10_000, first))


offered = ports()


def free_port():
    for port in offered:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:  # somebody's already
                continue
    raise OSError("there is no free port below those of clients")


def allow_files(wanted):
    """Raises the limit of open files, which child processes inherit, as far as it may; how many there may be then."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    if hard != resource.RLIM_INFINITY and hard < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, wanted))
            return wanted
        except (ValueError, OSError):  # only root may go beyond the hard limit
            wanted = hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


def local_ports():
    """How many connections one address of this machine can have to one port of another."""
    low, high = (int(bound) for bound in read("/proc/sys/net/ipv4/ip_local_port_range").split() or (49152, 65535))
    return high - low + 1


class Process:
    """A child in a process group of its own, so that stopping it stops its children."""

    def __init__(self, command, log, env=None, pipes=False):
        pipe = subprocess.PIPE if pipes else None
        with open(log, "ab") as errors:
            self.child = subprocess.Popen(
                command, stdin=pipe or subprocess.DEVNULL, stdout=pipe or errors, stderr=errors,
                env={**os.environ, **(env or {})}, start_new_session=True, text=pipes)
        self.log = log
        running.append(self)

    def tree(self):
        """The ids of the process and of all that it started."""
        found, waiting = [], [self.child.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            for task in listing(f"/proc/{pid}/task"):
                waiting += [int(child) for child in read(f"/proc/{pid}/task/{task}/children").split()]
        return found

    def cpu_seconds(self):
        """CPU time that the whole tree has used, user and system; in steps of 10 ms."""
        total = 0
        for pid in self.tree():
            fields = read(f"/proc/{pid}/stat").rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12]) if fields else 0
        return total / TICKS

    def rss_bytes(self):
        total = 0
        for pid in self.tree():
            fields = read(f"/proc/{pid}/statm").split()
            total += int(fields[1]) * PAGE if fields else 0
        return total

    def alive(self):
        return self.child.poll() is None

    def stop(self):
        if self in running:
            running.remove(self)
        if self.alive():
            send(self.child.pid, signal.SIGTERM)
            try:
                self.child.wait(3)
            except subprocess.TimeoutExpired:
                pass
        send(self.child.pid, signal.SIGKILL)
        self.child.wait(5)


def stop_all():
    for process in list(running):
        process.stop()


def send(group, number):
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        pass


def listing(path):
    try:
        return os.listdir(path)
    except OSError:
        return []


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:  # the process or the thread has just ended
        return ""


def wait_until(what, seconds, step=0.005):
    """True as soon as what() is; False if it was not within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(step)
    return False
