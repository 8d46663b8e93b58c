-- 同一收款账号收过几家企业的款
-- 运行：sqlite3 -header -column 台账.sqlite < 查询/06-one-account-of-several-firms.sql
SELECT m.account AS 账号假名, min(m.account_masked) AS 账号尾号,
       count(DISTINCT c.credit_code) AS 企业数, group_concat(DISTINCT c.case_number) AS 案件
FROM payments m JOIN cases c USING (case_number)
WHERE m.account <> ''
GROUP BY m.account
HAVING 企业数 > 1
ORDER BY 账号假名;
