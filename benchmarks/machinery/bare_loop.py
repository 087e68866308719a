"""A lower bound for a sync: threads send prepared requests and read answers, nothing else.

Usage: `python -m benchmarks.machinery.bare_loop URL THREADS MOST`; prints one JSON object.
"""

import json
import os
import queue
import sys
import threading
import time

import requests

from benchmarks.machinery.portal import org_ids


def main() -> None:
    upstream, threads, most = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    jobs: queue.SimpleQueue[str] = queue.SimpleQueue()
    for org_id in org_ids(upstream)[:most]:
        jobs.put(org_id)
    number = jobs.qsize()
    workers = [threading.Thread(target=_ask_all, args=(upstream, jobs)) for _ in range(threads)]
    began, used = time.monotonic(), time.process_time()
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    seconds, cpu = time.monotonic() - began, time.process_time() - used
    print(json.dumps({"rate": number / seconds, "cpu": cpu / number * 1000}))


def _ask_all(upstream: str, jobs: queue.SimpleQueue[str]) -> None:
    session = requests.Session()
    headers = {
        "Accept": "application/json",
        "X-Api-Key": os.environ["CATALYZE_API_KEY"],
        "Authorization": f"Bearer {os.environ['CATALYZE_SESSION_TOKEN']}",
    }
    prepared = requests.Request("GET", upstream, headers=headers).prepare()
    adapter = session.get_adapter(upstream)
    while True:
        try:
            org_id = jobs.get_nowait()
        except queue.Empty:
            return
        request = prepared.copy()
        request.url = f"{upstream}/v2/org/{org_id}/customer"
        _ = adapter.send(request, timeout=(10, 30)).content


if __name__ == "__main__":
    main()
