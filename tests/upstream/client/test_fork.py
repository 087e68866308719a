"""A forked process shares no upstream connection with its parent."""

import multiprocessing

from customers.upstream.client import CatalyzeClient
from customers.upstream.transport import Limits

COPIES, CALLS = 8, 3


def test_forked_processes_do_not_get_each_others_answers(sandbox, secrets):
    org_ids = [organization["org_id"] for organization in sandbox.organizations()[:COPIES]]
    for org_id in org_ids:
        sandbox.put_customer(org_id, {"object": "customer", "id": f"cus_{org_id}"})
    sandbox.set_latency(0.1)  # so that all wait for answers at the same time
    client = CatalyzeClient(sandbox.url, Limits(retries=0))
    client.get_customer(org_ids[0], secrets)  # opens a connection

    def ask(pipe, org_id):
        together.wait()
        pipe.send([client.get_customer(org_id, secrets).customer.id for _ in range(CALLS)])

    copies = multiprocessing.get_context("fork")
    together = copies.Barrier(COPIES)
    pipes = [copies.Pipe() for _ in org_ids]
    asking = [
        copies.Process(target=ask, args=(theirs, org_id))
        for (_, theirs), org_id in zip(pipes, org_ids, strict=True)
    ]
    for process in asking:
        process.start()

    for _, theirs in pipes:
        theirs.close()
    answered = [ours.recv() for ours, _ in pipes]

    for process in asking:
        process.join()
    assert answered == [[f"cus_{org_id}"] * CALLS for org_id in org_ids]
