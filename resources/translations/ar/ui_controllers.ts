<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Export the list of servers</source>
            <translation>تصدير قائمة الخوادم</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>نسيان</translation>
        </message>
        <message>
            <source>Import a list of servers</source>
            <translation>استيراد قائمة خوادم</translation>
        </message>
        <message>
            <source>Lists of servers (*.json)</source>
            <translation>قوائم خوادم (*.json)</translation>
        </message>
        <message>
            <source>Only the password</source>
            <translation>كلمة المرور فقط</translation>
        </message>
        <message>
            <source>Server and password</source>
            <translation>الخادم وكلمة المرور</translation>
        </message>
        <message>
            <source>The password for {server} was deleted.</source>
            <translation>حُذفت كلمة المرور الخاصة بـ {server}.</translation>
        </message>
        <message>
            <source>The password is deleted from this computer's keyring. Saved files stay.</source>
            <translation>تُحذف كلمة المرور من مخزن بيانات الاعتماد في هذا الحاسوب. تبقى الملفات المحفوظة.</translation>
        </message>
        <message>
            <source>User and password</source>
            <translation>المستخدم وكلمة المرور</translation>
        </message>
        <message>
            <source>What is to be forgotten of {server}?</source>
            <translation>ما الذي يجب نسيانه من {server}؟</translation>
        </message>
        <message>
            <source>{added} servers were added, {known} were known.</source>
            <translation>أُضيفت خوادم: {added}، وكانت معروفة من قبل: {known}.</translation>
        </message>
        <message numerus="yes">
            <source>{n} servers were written to {file}, without passwords.</source>
            <translation>
                <numerusform>لم يُكتب أي خادم في {file}.</numerusform>
                <numerusform>كُتب خادم واحد في {file} بدون كلمات مرور.</numerusform>
                <numerusform>كُتب خادمان في {file} بدون كلمات مرور.</numerusform>
                <numerusform>كُتبت {n} خوادم في {file} بدون كلمات مرور.</numerusform>
                <numerusform>كُتب {n} خادمًا في {file} بدون كلمات مرور.</numerusform>
                <numerusform>كُتب {n} خادم في {file} بدون كلمات مرور.</numerusform>
            </translation>
        </message>
    </context>
</TS>
