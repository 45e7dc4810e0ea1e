def write() -> int: return 0
def show(run) -> int: return 0
