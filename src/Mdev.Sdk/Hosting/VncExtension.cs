using System.CommandLine;
using Mdev.Sdk.Display.Rfb;

namespace Mdev.Sdk.Hosting;

/// <summary>The option <c>--vnc</c>, which every host program has.</summary>
internal sealed class VncExtension : HostExtension
{
    /// <summary>What it takes, for a sentence.</summary>
    public static string Takes { get; } = $":N or HOST:N, a display of 0 to {VncAddress.LastDisplay}";

    private readonly Option<VncAddress?> _option = new("--vnc")
    {
        Description = "Show the screen to VNC viewers of this machine at port 5900 + N; with HOST, to those that have the password.",
        HelpName = "[HOST]:N",
        CustomParser = result =>
        {
            if (VncAddress.TryParse(result.Tokens[0].Value) is { } address)
                return address;
            result.AddError($"--vnc takes {Takes}, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    internal override Option Option => _option;

    internal override IDisposable Start(ParseResult options, MdevHost host) =>
        VncPorts.Start(host.Screens, options.GetValue(_option)!, host.Logger, MdevProgram.Tell);
}
