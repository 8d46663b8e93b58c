-- 同一人同一职业同一等级重复享受（通知三）
-- 运行：sqlite3 -header -column 台账.sqlite < 查询/04-same-occupation-and-level.sql
SELECT p.person AS 人员假名, min(p.name) AS 姓名, c.occupation AS 职业, c.level AS 等级,
       count(DISTINCT c.case_number) AS 次数, group_concat(DISTINCT c.case_number) AS 案件
FROM people p JOIN cases c USING (case_number)
WHERE p.application = 'claim' AND p.approved = 1 AND p.person <> '' AND c.approved_fen > 0
GROUP BY p.person, c.occupation, c.level
HAVING 次数 > 1
ORDER BY 人员假名, 职业;
