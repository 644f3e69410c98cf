using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Hosting;

/// <summary>What host programs log; event ids 300 to 399, none ever used twice.</summary>
internal static partial class HostLog
{
    [LoggerMessage(300, LogLevel.Warning, "{Path}: a tool could not be served ({Reason}).")]
    public static partial void ControlFailed(ILogger logger, string path, string reason);
}
