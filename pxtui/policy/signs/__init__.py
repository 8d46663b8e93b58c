"""Signs of fraud: what the facts of a case and its surroundings show, apart from the rules of the notice.

A sign refuses nothing by itself and stands in no judgement: whoever checks the case decides what is to be done.
"""
