"""Checklists for tests, read as the program reads them."""

from launchpad.checklist.encoding import Source, source_from_bytes
from launchpad.checklist.load import read
from launchpad.checklist.model import Checklist

DOCUMENT = """\
launchpad: 1
title: Storefront
vars:
  target: {required: true, matches: '^[a-z. ;]+'}
  ttl: {default: '60'}
secrets:
  job-token: {env: STOREFRONT_TOKEN, matches: '^tok'}
  file-token: {file: token.txt}
  asked-token: {command: [./ask.sh, storefront]}
phases:
  - id: one
    title: One
    items: [{id: a, text: A}]
probes:
  queue: {command: {exec: [python3, queue.py, '${target}']}, conditions: ['[EXIT_CODE] == 0']}
  mail: {env: {name: MAIL, from: {command: [./print-env.sh]}}}
  api:
    http: {url: 'http://127.0.0.1:9/', headers: {Authorization: 'Bearer ${job-token}'}}
    conditions: ['[STATUS] == 200']
rollback:
  steps:
    - id: dns
      title: Point back
      command: {exec: [./switch.sh, '${target}'], secrets: [job-token]}
      rehearse: {exec: [./switch.sh, --dry-run]}
    - {id: jobs, title: Stop the jobs, command: {shell: './jobs.sh off "$LAUNCHPAD_VAR_TARGET"'}}
    - {id: tell, title: Tell everybody, manual: true}
"""
SCRIPTS = ("ask.sh", "queue.py", "print-env.sh", "switch.sh", "jobs.sh")


def document(text: str = DOCUMENT) -> tuple[Source, Checklist]:
    """Return a document and what is read from it."""
    source = source_from_bytes("storefront.yaml", text.encode())
    return source, read(source)
