using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Mdev.Sdk.Web.Access;

/// <summary>
/// Who may have the page of a host program: on loop-back whoever is on this machine; elsewhere whoever knows the token. A page of somebody
/// else's in the same browser is neither: it has another origin, and a name that was turned to this address (DNS rebinding) is not one of
/// this server's.
/// </summary>
internal sealed class AccessGuard
{
    private const string Parameter = "token";
    private const int TokenBytes = 16;

    private readonly WebAddress _address;
    private readonly string _cookie;

    /// <param name="address">Where it is served; not with port 0.</param>
    public AccessGuard(WebAddress address)
    {
        _address = address;

        // Cookies do not differ by port: two host programs of a machine must not take each other's away.
        _cookie = $"mdev-token-{address.Port}";
        if (!address.IsLoopback)
            Token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
    }

    /// <summary>What is demanded; <see langword="null"/> if nothing is.</summary>
    public string? Token { get; }

    /// <summary>What to open.</summary>
    public string Url
    {
        get
        {
            string host = _address.IsAny ? Environment.MachineName : new IPEndPoint(_address.Address, 0).ToString()[..^2];
            return Token is null ? $"http://{host}:{_address.Port}/" : $"http://{host}:{_address.Port}/?{Parameter}={Token}";
        }
    }

    /// <summary>Whether a request may be answered; if it brought the token, its browser keeps that from here on.</summary>
    public bool Admits(HttpContext context)
    {
        if (!IsOwnName(context.Request.Host.Host))
            return false;
        if (Token is null)
            return true;
        if (IsToken(context.Request.Cookies[_cookie]))
            return true;
        if (!IsToken(context.Request.Query[Parameter]))
            return false;
        context.Response.Cookies.Append(_cookie, Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict });
        return true;
    }

    private bool IsOwnName(string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!IPAddress.TryParse(host, out IPAddress? address))
            return _address.IsAny && host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);
        return IPAddress.IsLoopback(address) || _address.IsAny || address.Equals(_address.Address);
    }

    private bool IsToken(string? text) =>
        text is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(Token!));
}
