-- 同一发票（凭证）用于两件以上案件
-- 运行：sqlite3 -header -column 台账.sqlite < 查询/03-invoice-twice.sql
SELECT v.number_key AS 凭证号, count(DISTINCT v.case_number) AS 件数,
       group_concat(DISTINCT v.case_number) AS 案件, sum(v.amount_fen) AS 金额分
FROM vouchers v
WHERE v.number_key <> ''
GROUP BY v.number_key
HAVING 件数 > 1
ORDER BY 凭证号;
