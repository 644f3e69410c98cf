using System.CommandLine;
using System.CommandLine.Parsing;
using Mdev.Sdk.Hosting;
using Mdev.Sdk.Web.Access;
using Mdev.Sdk.Web.Serving;

namespace Mdev.Sdk.Web;

/// <summary>
/// The option <c>--web ADDRESS:PORT</c> of a host program: a page that shows the screens of its devices live. Where it is served is said on
/// standard error.
/// </summary>
/// <remarks>
/// An address that others reach is served to whoever knows the token in the URL that is printed; without encryption, so for a network that
/// is trusted.
/// </remarks>
/// <example>
/// <code>return MdevProgram.Run(args, "A display.", [], _ => new MbochsParent(), [new WebScreens()]);</code>
/// </example>
public sealed class WebScreens : HostExtension
{
    private readonly Option<WebAddress?> _option = new("--web")
    {
        Description = "Show the devices' screens on a page here: 127.0.0.1:8080, or :8080 for the same; port 0 takes a free one.",
        HelpName = "ADDRESS:PORT",
        CustomParser = Parse,
    };

    internal override Option Option => _option;

    internal override IDisposable Start(ParseResult options, MdevHost host)
    {
        WebServer server = WebServer.Start(options.GetValue(_option)!, host);
        MdevProgram.Tell($"The screens are at {server.Url}");
        return server;
    }

    private static WebAddress? Parse(ArgumentResult result)
    {
        if (WebAddress.TryParse(result.Tokens[0].Value, out WebAddress? address))
            return address;
        result.AddError($"--web takes an IP address and a port, as 127.0.0.1:8080, [::1]:8080 or :8080, not '{result.Tokens[0].Value}'.");
        return null;
    }
}
