"""The server's worker: threads wait for no slow client, and probes wait for no thread."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from selectors import EVENT_READ
from typing import Any, Final

from gunicorn.workers.gthread import TConn, ThreadWorker

HEAD_SECONDS: Final = 10  # in which the head of a request must have come
HEAD_BYTES: Final = 64 * 1024
STALL_SECONDS: Final = 20  # in which a client must take or send something
PROBES: Final = (b"GET /healthz/", b"HEAD /healthz/")
END: Final = b"\r\n\r\n"


class PatientWorker(ThreadWorker):
    """gunicorn's threads, which get a request when its head is there, and a lane for probes.

    The stock worker lends a thread to whoever opens a connection, for as long as he likes, and
    lets a probe stand in line behind requests that wait for the database.
    """

    def init_process(self) -> None:
        """Start the lane of the probes."""
        self.lane = ThreadPoolExecutor(max_workers=2, thread_name_prefix="probe")
        super().init_process()

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread when the head of its request is there, else wait for it."""
        bound(conn.sock)
        head = head_of(conn)
        if is_head_complete(head):
            self.start(conn, head)
        elif head is None or len(head) > HEAD_BYTES:
            self.drop(conn)
        else:
            conn.sock.setblocking(False)
            conn.timeout = time.monotonic() + HEAD_SECONDS
            self.pending_conns.append(conn)
            wake_beyond(conn, head)
            self.poller.register(
                conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn)
            )

    def on_pending_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """More of a head came, or its client went."""
        head = head_of(conn)
        if head is not None and not is_head_complete(head) and conn.seen < len(head) <= HEAD_BYTES:
            wake_beyond(conn, head)
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        if is_head_complete(head):
            self.start(conn, head)
        else:
            self.drop(conn)

    def start(self, conn: TConn, head: bytes | None) -> None:
        """Let a thread answer: one of the lane, when it is a probe."""
        conn.data_ready = True
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
        threads = self.lane if is_probe(head or b"") else self.tpool
        done: Callable[[Any], None] = lambda fut: self.method_queue.defer(  # noqa: E731
            self.finish_request, conn, fut
        )
        threads.submit(self.handle, conn).add_done_callback(done)

    def drop(self, conn: TConn) -> None:
        """Close a connection that brought no request."""
        self.nr_conns -= 1
        conn.close()


def bound(sock: socket.socket) -> None:
    """Let no read or write of a thread wait for ever for a client that stalls."""
    seconds = struct.pack("ll", STALL_SECONDS, 0)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, seconds)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, seconds)


def head_of(conn: TConn) -> bytes | None:
    """Return what came of a request and was not read, None when its client is gone."""
    kept = read_ahead(conn)
    try:
        came = conn.sock.recv(HEAD_BYTES + 1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return kept
    except OSError:
        return None
    return kept + came if came else kept or None


def read_ahead(conn: TConn) -> bytes:
    """Return what the parser took from the socket together with the request before."""
    return bytes(conn.parser.unreader.buf.getvalue()) if conn.parser else b""


def is_head_complete(head: bytes | None) -> bool:
    """Say whether the head of a request is complete."""
    return head is not None and END in head


def is_probe(head: bytes) -> bool:
    """Say whether this is a health probe; one with a body might keep its thread waiting."""
    lower = head.lower()
    return head.startswith(PROBES) and not (
        b"\r\ncontent-length:" in lower or b"\r\ntransfer-encoding:" in lower
    )


def wake_beyond(conn: TConn, head: bytes) -> None:
    """Have the poller report the socket when more than this much has come."""
    conn.seen = len(head)
    beyond = len(head) - len(read_ahead(conn)) + 1
    conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, beyond)
