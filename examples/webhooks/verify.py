"""Receives messages of Headstart's webhooks and verifies them as Standard Webhooks has it, with Python alone:
`WEBHOOK_SECRET=whsec_... PORT=8080 python3 verify.py`. In a program of your own take `verify` alone."""
import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE_SECONDS = 300


def verify(headers, body: bytes, secret: str, now: float | None = None) -> dict:
    """The message; ValueError where it was not signed with the secret, or too long ago. `body` is what came, unparsed."""
    sent_at = headers["webhook-timestamp"] or ""
    if not sent_at.isdigit() or abs((now or time.time()) - int(sent_at)) > TOLERANCE_SECONDS:
        raise ValueError("The message is too old, or your clock is wrong.")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{sent_at}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    given = (headers["webhook-signature"] or "").split(" ")
    if not any(hmac.compare_digest(expected.encode(), one.encode()) for one in given):
        raise ValueError("The message was not signed with this secret.")
    return json.loads(body)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"] or 0))
        try:
            print(json.dumps(verify(self.headers, body, os.environ["WEBHOOK_SECRET"])), flush=True)
            self.send_response(204)  # answer first: after ten seconds the message counts as lost
        except ValueError as error:
            self.send_response(400, str(error))
        self.end_headers()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Receiver)
    print("ready", flush=True)
    server.serve_forever()
