-- 一个电话登记给三人以上
-- 运行：sqlite3 -header -column 台账.sqlite < 查询/08-one-phone-of-many.sql
SELECT p.phone AS 电话假名, min(p.phone_masked) AS 电话, count(DISTINCT p.person) AS 人数,
       group_concat(DISTINCT p.case_number) AS 案件
FROM people p
WHERE p.phone <> '' AND p.person <> ''
GROUP BY p.phone
HAVING 人数 >= 3
ORDER BY 人数 DESC, 电话假名;
