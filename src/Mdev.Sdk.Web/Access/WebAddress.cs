using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Mdev.Sdk.Web.Access;

/// <summary>Where a page is served.</summary>
/// <param name="Address">The address, which may be 0.0.0.0 or [::]: all of the machine's.</param>
/// <param name="Port">0 for any that is free.</param>
internal sealed record WebAddress(IPAddress Address, int Port)
{
    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Whether it stands for all of the machine's addresses.</summary>
    public bool IsAny => Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);

    /// <param name="text"><c>127.0.0.1:8080</c>, <c>[::1]:8080</c>, <c>localhost:8080</c> or <c>:8080</c>.</param>
    /// <param name="address">What it says.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out WebAddress? address)
    {
        address = null;
        int colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            return false;
        if (AddressOf(text[..colon]) is not { } parsed)
            return false;
        address = new WebAddress(parsed, port);
        return true;
    }

    // Not what IPAddress takes beside the usual forms: "1" is 0.0.0.1 to it, and an IPv6 address without brackets would leave open
    // which of its numbers is the port.
    private static IPAddress? AddressOf(string text)
    {
        if (text is "" or "localhost")
            return IPAddress.Loopback;
        bool isBracketed = text.StartsWith('[') && text.EndsWith(']');
        if (!isBracketed && text.Count(c => c == '.') != 3)
            return null;
        return IPAddress.TryParse(isBracketed ? text[1..^1] : text, out IPAddress? address) && isBracketed == text.Contains(':') ? address : null;
    }
}
