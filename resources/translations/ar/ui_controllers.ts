<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Export the list of servers</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Forget</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Import a list of servers</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Lists of servers (*.json)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Only the password</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Server and password</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The password for {server} was deleted.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The password is deleted from this computer's keyring. Saved files stay.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>User and password</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>What is to be forgotten of {server}?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{added} servers were added, {known} were known.</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>{n} servers were written to {file}, without passwords.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
    </context>
</TS>
