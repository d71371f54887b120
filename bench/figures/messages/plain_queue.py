"""A message queue in a SQLite file with one connection per call, as small scripts keep one. Prints seconds for both ways."""

import json
import sqlite3
import sys
import time
from contextlib import closing

SCHEMA = """
create table if not exists messages (
    id integer primary key autoincrement,
    sender text not null,
    recipient text not null,
    type text not null,
    content text,
    priority integer default 5,
    created_at timestamp default current_timestamp,
    completed_at timestamp,
    status text default 'pending'
);
create index if not exists by_recipient on messages (recipient, status);
"""


class PlainQueue:
    def __init__(self, path):
        self.path = path
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(SCHEMA)

    def send(self, content, priority):
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(
                "insert into messages (sender, recipient, type, content, priority) values (?, ?, ?, ?, ?)",
                ("architect", "code-developer", "spec_created", json.dumps(content), priority),
            )

    def take(self):
        with closing(sqlite3.connect(self.path)) as connection, connection:
            return connection.execute(
                "update messages set status = 'in_progress' where id = (select id from messages"
                " where recipient = ? and status = 'pending' order by priority, id limit 1)"
                " returning id",
                ("code-developer",),
            ).fetchone()

    def complete(self, message_id):
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(
                "update messages set status = 'completed', completed_at = current_timestamp where id = ?",
                (message_id,),
            )


def main():
    path, count = sys.argv[1], int(sys.argv[2])
    queue = PlainQueue(path)
    started = time.perf_counter()
    for number in range(count):
        queue.send({"issue": number}, 1 + number % 10)
    sent = time.perf_counter()
    for _ in range(count):
        (message_id,) = queue.take()
        queue.complete(message_id)
    print(json.dumps({"sendS": sent - started, "takeS": time.perf_counter() - sent}))


main()
