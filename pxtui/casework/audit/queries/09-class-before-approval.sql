-- 开班先于批准
-- 运行：sqlite3 -header -column 台账.sqlite < 查询/09-class-before-approval.sql
SELECT c.case_number AS 案件, c.applicant_name AS 企业, c.starts_on AS 开班, c.opening_decided_on AS 批准
FROM cases c
WHERE c.opening_decided_on > c.starts_on
ORDER BY 案件;
