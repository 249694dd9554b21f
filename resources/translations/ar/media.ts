<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>A file is read forwards.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A picture of {width} x {height} is too large to show.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check that the file is complete.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the server's address and whether a proxy stands before it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose another time or camera.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Fetch it again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Files are read forwards.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Pictures in {codec} cannot be decoded.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file holds nothing at this time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file is cut off or unfinished: its index is missing.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file is cut off: {size:,} of at least {expected:,} bytes are there.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file is damaged at this place.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file is damaged: its pictures cannot be found.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file is empty.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file is not a video that this program knows.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file is unfinished: its length was never written.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The pictures are in a format that this program does not know.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The player did not start reading.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The recording cannot be handed to the player.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The recording could not be decoded at this instant.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The recording's description of itself is damaged.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sent a message instead of a video.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sent a message instead of a video: {message}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sent a web page instead of a video.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The snapshot could not be encoded.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The snapshot could not be written to {path}: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no decoder for {codec}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{codec} cannot be handed to the player.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} cannot be opened as a video.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} holds no pictures.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} is damaged: its pictures cannot be found.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} is encoded as {codec}, which cannot be played here.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name} is not a video that this program knows.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name}: a snapshot is a .png or a .jpg file.</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
