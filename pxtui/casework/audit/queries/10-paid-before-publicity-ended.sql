-- 公示期满以前列入拨付（通知四(二)：公示不少于2个工作日）
-- 运行：sqlite3 -header -column 台账.sqlite < 查询/10-paid-before-publicity-ended.sql
SELECT m.case_number AS 案件, m.batch AS 批次, m.prepared_on AS 列入日, max(g.payable_from) AS 可拨付日
FROM payments m JOIN publications g USING (case_number)
WHERE g.outcome <> 'withdrawn'
GROUP BY m.case_number, m.batch, m.prepared_on
HAVING m.prepared_on < 可拨付日
ORDER BY 案件, 批次;
