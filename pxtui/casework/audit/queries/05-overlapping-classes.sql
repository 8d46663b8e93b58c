-- 同一人参加的两个班时间重叠（通知三：上一个结束后方可参加下一个）
-- 运行：sqlite3 -header -column 台账.sqlite < 查询/05-overlapping-classes.sql
SELECT a.person AS 人员假名, a.name AS 姓名, c.case_number AS 案件一, d.case_number AS 案件二,
       c.starts_on AS 起一, c.ends_on AS 止一, d.starts_on AS 起二, d.ends_on AS 止二
FROM people a JOIN cases c USING (case_number)
JOIN people b ON b.person = a.person AND b.application = a.application AND b.case_number > a.case_number
JOIN cases d ON d.case_number = b.case_number
WHERE a.application = 'claim' AND a.approved = 1 AND b.approved = 1 AND a.person <> ''
  AND c.starts_on <= d.ends_on AND d.starts_on <= c.ends_on
ORDER BY 案件一, 案件二, 人员假名;
