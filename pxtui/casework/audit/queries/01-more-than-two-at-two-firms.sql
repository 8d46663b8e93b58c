-- 同一人一年内在两家以上企业享受两次以上补贴（已拨付）
-- 运行：sqlite3 -header -column 台账.sqlite < 查询/01-more-than-two-at-two-firms.sql
SELECT p.person AS 人员假名, min(p.name) AS 姓名, substr(c.starts_on, 1, 4) AS 年度,
       count(DISTINCT c.case_number) AS 次数, group_concat(DISTINCT c.case_number) AS 案件
FROM people p JOIN cases c USING (case_number)
WHERE p.application = 'claim' AND p.approved = 1 AND p.person <> ''
  AND EXISTS (SELECT 1 FROM payments m WHERE m.case_number = c.case_number AND m.outcome = 'paid')
GROUP BY p.person, 年度
HAVING 次数 > 2 AND count(DISTINCT c.credit_code) > 1
ORDER BY 年度, 人员假名;
