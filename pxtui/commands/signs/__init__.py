"""`pxtui sign`, `pxtui spot` and `pxtui check-all`: signs of fraud, calls to a sample, all open cases judged again."""
