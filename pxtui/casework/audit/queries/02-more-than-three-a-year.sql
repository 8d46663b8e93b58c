-- 同一人一年享受补贴超过三次（通知三）
-- 运行：sqlite3 -header -column 台账.sqlite < 查询/02-more-than-three-a-year.sql
SELECT p.person AS 人员假名, min(p.name) AS 姓名, substr(c.starts_on, 1, 4) AS 年度,
       count(DISTINCT c.case_number) AS 次数, group_concat(DISTINCT c.case_number) AS 案件
FROM people p JOIN cases c USING (case_number)
WHERE p.application = 'claim' AND p.approved = 1 AND p.person <> '' AND c.approved_fen > 0
GROUP BY p.person, 年度
HAVING 次数 > 3
ORDER BY 年度, 人员假名;
