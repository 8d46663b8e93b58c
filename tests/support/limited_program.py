"""`pxtui` whose files may not grow beyond a size: `python -m tests.support.limited_program BYTES WORDS…`."""

import resource
import sys

if __name__ == "__main__":
    _, _bytes, *_words = sys.argv
    sys.argv = ["pxtui", *_words]
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(_bytes), int(_bytes)))
    from pxtui.cli import main

    main()
