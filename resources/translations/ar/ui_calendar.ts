<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Calendar</source>
            <translation>التقويم</translation>
        </message>
        <message>
            <source>Days of the month</source>
            <translation>أيام الشهر</translation>
        </message>
        <message>
            <source>Earlier (Page Up)</source>
            <translation>الأسبق (Page Up)</translation>
        </message>
        <message>
            <source>Earlier month</source>
            <translation>الشهر الأسبق</translation>
        </message>
        <message>
            <source>Later (Page Down)</source>
            <translation>اللاحق (Page Down)</translation>
        </message>
        <message>
            <source>Later month</source>
            <translation>الشهر اللاحق</translation>
        </message>
        <message>
            <source>Loading…</source>
            <translation>جارٍ التحميل…</translation>
        </message>
        <message>
            <source>No footage in this month</source>
            <translation>لا توجد تسجيلات في هذا الشهر</translation>
        </message>
        <message>
            <source>The server did not answer</source>
            <translation>لم يُجب الخادم</translation>
        </message>
        <message>
            <source>This server does not say what was recorded</source>
            <translation>لا يُفصح هذا الخادم عمّا سُجِّل</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>اليوم</translation>
        </message>
        <message>
            <source>You may not see this camera</source>
            <translation>لا يحق لك مشاهدة هذه الكاميرا</translation>
        </message>
        <message>
            <source>{day} (this day has {hours:g} hours)</source>
            <translation>{day} (عدد ساعات هذا اليوم {hours:g})</translation>
        </message>
        <message>
            <source>{day}: {length}</source>
            <translation>{day}: {length}</translation>
        </message>
        <message numerus="yes">
            <source>{n} days with footage, {length} in all</source>
            <translation>
                <numerusform>لا أيام فيها تسجيلات، المجموع {length}</numerusform>
                <numerusform>يوم واحد فيه تسجيلات، المجموع {length}</numerusform>
                <numerusform>يومان فيهما تسجيلات، المجموع {length}</numerusform>
                <numerusform>{n} أيام فيها تسجيلات، المجموع {length}</numerusform>
                <numerusform>{n} يومًا فيها تسجيلات، المجموع {length}</numerusform>
                <numerusform>{n} يوم فيها تسجيلات، المجموع {length}</numerusform>
            </translation>
        </message>
    </context>
</TS>
