"""Fan-out, measured: SeeNow's room beside six others, same machine, same client. See docs/performance.md."""
