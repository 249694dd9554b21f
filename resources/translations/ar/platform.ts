<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>A folder cannot be called that. Choose another name.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Allow it there. Until that is solved a password serves for this session only.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose another place with --profile, or see to the rights of this one.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose one of the list, or ask the administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Delete what is not needed. Until that is solved a password serves for this session only.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Passwords are not kept; you sign in each time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>See to free space and rights there, then try again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>See to it. Until that is solved a password serves for this session only.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Some settings were damaged ({names}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Start one (GNOME Keyring, KWallet) to have passwords kept; until then you sign in each time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Start the program again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The administrator of this computer allows only certain servers.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The administrator of this computer allows only servers with a trusted certificate.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The administrator's file {path} cannot be used: {why}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The damaged file was kept as {path}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file {path} could not be written: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The folder {folder} could not be made: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keyring denies this program access.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keyring does not answer; it may be waiting for somebody to unlock it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keyring is full.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keyring is locked.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keyring refused or failed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keyring was closed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The program does not start without its rules; ask the administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The settings could not be read ({reason}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The settings were damaged and start anew.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This computer has no keyring that passwords could be kept in.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This drive is not there. Connect it, or choose another folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This folder cannot be used. Choose another one.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This is not a whole path. Choose a folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This password is too long to be kept.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Unlock it. Until that is solved a password serves for this session only.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use an https:// address without exceptions, or ask the administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>You may not write into this folder. Choose another one.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>You sign in each time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>not JSON</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>not an object of a usable size</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>not readable</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>servers export FILE writes one.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} is a file. Choose a folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} could not be read: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} has wrong values: {names}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} is not a list of servers.</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
