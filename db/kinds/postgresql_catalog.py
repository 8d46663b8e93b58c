"""What PostgreSQL tells of the tables of a register, as text that only changes when somebody changes them."""

from db.kinds.raw import Catalog, objects_shape

_RELATIONS = """
    SELECT 'table', c.relname::text, c.relname::text,
        c.relkind::text || c.relpersistence::text || c.relrowsecurity::text || ' ' || coalesce((
            SELECT string_agg(
                quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END || a.attgenerated::text
                || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), ''), ', ' ORDER BY a.attnum)
            FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '')
        || CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) ELSE '' END
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
"""
_INDEXES = """
    SELECT 'index', c.relname::text, i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid) || i.indisvalid::text
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace
"""
# Not those for NOT NULL, which stand with the columns and are constraints from PostgreSQL 18 on.
_CONSTRAINTS = """
    SELECT 'constraint', conrelid::regclass::text || '.' || conname, conrelid::regclass::text,
        pg_get_constraintdef(oid) || convalidated::text
    FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND contype IN ('c', 'f', 'p', 'u', 'x')
"""
_TRIGGERS = """
    SELECT 'trigger', c.relname || '.' || t.tgname, c.relname::text,
        pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = 'public'::regnamespace
        AND NOT t.tgisinternal
"""
_RULES = """
    SELECT 'rule', c.relname || '.' || r.rulename, c.relname::text, pg_get_ruledef(r.oid) || r.ev_enabled::text
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE c.relnamespace = 'public'::regnamespace
        AND r.rulename <> '_RETURN'
"""
_POLICIES = """
    SELECT 'policy', c.relname || '.' || p.polname, c.relname::text,
        p.polcmd::text || p.polpermissive::text || coalesce(pg_get_expr(p.polqual, p.polrelid), '')
        || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = 'public'::regnamespace
"""
_FUNCTIONS = """
    SELECT 'function', oid::regprocedure::text, '', pg_get_functiondef(oid)
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
"""

_OBJECTS = " UNION ALL ".join((_RELATIONS, _INDEXES, _CONSTRAINTS, _TRIGGERS, _RULES, _POLICIES, _FUNCTIONS))

CATALOG = Catalog(
    tables="""
        SELECT relname::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1
    """,
    columns="""
        SELECT a.attname::text,
            coalesce(array_position(string_to_array(i.indkey::text, ' ')::int[], a.attnum::int), 0)
        FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
        WHERE a.attrelid = to_regclass(quote_ident(?)) AND a.attnum > 0 AND NOT a.attisdropped
    """,
    objects=objects_shape("pg_catalog"),
    objects_source=f"(SELECT * FROM ({_OBJECTS}) AS found (type, name, tbl_name, sql)) AS objects",  # noqa: S608
    row_number="ctid",
)
