"""The chain: every transaction is bound to the one before it, and every row of the register to its last transaction.

A link says which rows a transaction wrote, with a proof of the whole content of each before and after it, and bears a
keyed hash over itself and the link before. So whoever writes past the program changes a row that its last link does not
prove, or a link that its hash does not; without the key he can mend neither.
"""
