"""The demo: a stand-in shop on loopback, and a launch with a fault that its rollback mends."""
