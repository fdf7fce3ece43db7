"""Asks a deployment what a photo shows, and corrects the answer:   (pip install requests)

    HEADSTART_KEY=... python ask.py http://127.0.0.1:8787 pizza.jpg [four-cheese]

Without a key it asks as a guest. What comes too soon, or is lost on its way, is sent again: when the deployment says (Retry-After), for a minute at most.
"""
import os
import sys
import time
import uuid

import requests

url, photo, *label = sys.argv[1:]
session = requests.Session()
if "HEADSTART_KEY" in os.environ:
    session.headers["Authorization"] = f"Bearer {os.environ['HEADSTART_KEY']}"


def post(path, **body):
    """What is answered, as JSON. The key makes a write that arrives twice happen once."""
    key = {"Idempotency-Key": str(uuid.uuid4())}
    for attempt in range(4):
        try:
            answer = session.post(url + path, headers=key, timeout=60, **body)
        except requests.ConnectionError as lost:
            if attempt == 3:
                sys.exit(f"{url} cannot be reached: {lost}")
            time.sleep(2**attempt)
            continue
        pause = float(answer.headers.get("Retry-After", 2**attempt))
        if answer.status_code not in (429, 502, 503, 504) or attempt == 3 or pause > 60:
            break
        time.sleep(pause)
    if not answer.ok:
        sys.exit(f"{answer.json()['code']}: {answer.json()['detail']}")
    return answer.json()


with open(photo, "rb") as file:
    answer = post("/v1/classify", data=file.read())
best = answer["predictions"][0]
print(f"{'unknown, closest is ' if answer['unknown'] else ''}{best['name']}, {best['score']:.2f}, by head {answer['headVersion']}")
if label:
    print(post("/v1/labels", json={"receipt": answer["receipt"], "label": label[0]})["status"])
