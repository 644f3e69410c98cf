using System.Runtime.CompilerServices;
using Mdev.Sdk.Display.Screens;

namespace Mdev.Sdk.Web.Live;

/// <summary>The register logs of devices with screens: one a device, whoever reads it, for as long as its screen is known.</summary>
internal sealed class RegisterLogs
{
    private readonly ConditionalWeakTable<Screen, RegisterLog> _logs = [];

    public RegisterLog Of(Screen screen) => _logs.GetValue(screen, s => new RegisterLog(s.Device));
}
