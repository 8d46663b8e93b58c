-- 收款户名与申请企业名称不一致
-- 运行：sqlite3 -header -column 台账.sqlite < 查询/07-payee-is-not-the-firm.sql
SELECT m.case_number AS 案件, c.applicant_name AS 企业, m.account_name AS 户名, m.amount_fen AS 金额分
FROM payments m JOIN cases c USING (case_number)
WHERE m.account_name <> c.applicant_name
ORDER BY 案件, m.batch;
