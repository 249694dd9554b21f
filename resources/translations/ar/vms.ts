<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>A certificate is pinned for this server, but its address is one without TLS.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A native XProtect gateway answers like this; the viewer needs a server with the recordings API.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A server answers at {address}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A user name with a colon cannot be used with this server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A watermark is only possible by export.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Ask for the export again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check both, and the domain before the backslash.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check both; upper and lower case matter in the password.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check network and VPN.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the address and the port.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the address and the port. A proxy or another program may be answering in its place.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the drive or the network share.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the network and try again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the network and whether the server runs.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the network.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the spelling, the network and the VPN.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the system's proxy settings.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose another folder, or close the program that uses the file.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose another time on the timeline.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Files come as {formats}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Free some space, or choose another folder; then try again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>If it stays with one file only, the gateway may not wait until the server has packaged it: choose a shorter range, or an export.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>If you trust that address, sign in there.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Install it, or sign in as a user of the server itself.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Is it http:// instead of https://?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Is this a recording server?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It does not say what time it has.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It does not say which sign-in it wants.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is on this computer.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is spoken to without TLS: anybody in between can read the password.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It knows Basic, token and OpenID sign-in.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It offers sign-in by {ways}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It offers the recordings API: {name}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Its certificate is not checked: anybody in between could read the password.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Its certificate is the pinned one.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Its certificate is trusted by this computer.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Its clock agrees with this computer's.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Its clock is {apart} ahead of this computer's: what was recorded at a time may be off by that.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Its clock is {apart} behind this computer's: what was recorded at a time may be off by that.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Its streams can be reached.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No address was given.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No camera has footage of the last day to try a stream with.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No server address was given.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nobody is signed in to this server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nothing answers at {where}: the connection was refused.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nothing was recorded at that time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Ports are numbers from 1 to 65535.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Recordings are {codecs}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Reload the cameras (F5).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Save it to a drive that is not FAT32, or a shorter range.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in as a user of the server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Signing in as a Windows user takes the Python package pyspnego.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Something answers, by TLS.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Something answers.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The address has a user name in it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The camera does not exist on the server any more.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The camera is offline.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The connection broke off before the file was complete.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The connection to the server was closed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The connection to this server was closed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The connection to {where} broke off.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The disk has too little space: {megabytes:.0f} MB are missing in {folder}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The disk is full: {folder}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file is too large for this drive: {folder}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file on the server has changed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The file was not fetched. Tell the server's administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The folder {folder} does not exist.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The gateway before the server gets no answer from it</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The link to the export has expired.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The name in {where} is unknown.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The proxy of this network does not let us through to {where}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server asks for a pause: too many requests or exports at once.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server calls the export completed, but gives no address for it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server cannot know anything called “{name}”.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server compresses the file although it was asked not to.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server did not accept the request</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server did not accept the user name or the password.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server does not accept the user name or the password any more.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server does not accept this way of sign-in ({endpoint}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server does not accept this way of sign-in ({endpoint}): {words}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server does not keep to its contract: tell its administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server does not know that</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server does not know this export any more.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server does not offer a way of sign-in that the viewer knows.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server does not offer {endpoint}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server does not offer: {names}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server failed</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server has deleted the file.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server is not available at the moment.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server named an address that is malformed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server named an address that the viewer does not fetch from.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server offers the file without encryption, although it was signed in to by https.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server refused</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sends us round in circles.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sends us to an address that is malformed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sends us to another address: {address}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sends {endpoint} elsewhere.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sent a message in place of the video.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sent a message in place of the video: {words}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sent an empty file.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sent another part of the file than was asked.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sent more than the whole file.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server takes no Windows users.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server's answer arrives too slowly.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server's answer is far too large.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server's messages for it are not understood; ask its administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The sign-in as a Windows user could not be carried on.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The sign-in works ({method}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The transfer broke off again and again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no way to {where} from this computer.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This address answers with a web page, not as a recording server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This address answers with a web page, not as a recording server. (status {status})</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This server does not offer the recordings API.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This user is not allowed to do that on the server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>This user sees at least {n} cameras.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>This user sees {n} cameras.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Try again when it is back.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Try again, or choose another time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Try again; if it stays, see the server's log.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Type a name or an IP address, with a port if needed: https://server.example:8090.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Type the user and the password in their own fields.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>What answers at this address is not a recording server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>What {where} answers is not HTTP.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>camera details</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>capabilities</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>events</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>groups</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>health</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>is empty or far too long</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>is missing</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>is neither true nor false</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>is not a number</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>is not a string</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>is not a time</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>is not a usable number</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>is not a usable token</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>is not a whole number</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>is not an RTSP address</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>is not an array</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>is not an object</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>statistics</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the export</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>timeline</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>token or OpenID</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>unknown reason</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{endpoint} answers with something unexpected: {path} {what}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{endpoint} does not answer with JSON.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} cannot be written.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{path} cannot be written: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{summary} Trying again in {seconds:.0f} s.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{what} ({endpoint}, status {status}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{what} ({endpoint}, status {status}): {words}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{where} does not answer in time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{where} does not answer with TLS.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>“{scheme}” is not a kind of address that the viewer signs in to.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>“{text}” is not a port number.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>“{text}” is not a server address.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>“{text}” is not an IPv6 address.</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
