using Mdev.Sdk.Management.Control;

namespace Mdev.Sdk.Display.Control;

/// <summary>The commands that look at a screen.</summary>
internal static class DisplayVerbs
{
    public static ControlVerb<ScreenshotArguments, Screenshot> Screenshot { get; } =
        new("screenshot", DisplayJson.Default.ScreenshotArguments, DisplayJson.Default.Screenshot);
}
