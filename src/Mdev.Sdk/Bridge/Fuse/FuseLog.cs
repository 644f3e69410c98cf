using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>What the file system logs; event ids 700 to 719, none ever used twice.</summary>
internal static partial class FuseLog
{
    [LoggerMessage(700, LogLevel.Error, "{Path}: a file's handler failed; the caller got EIO.")]
    public static partial void HandlerThrew(ILogger logger, Exception exception, string path);

    [LoggerMessage(701, LogLevel.Error, "{Path}: the kernel's FUSE speaks {Major}.{Minor}; 7.23 or later is needed (Linux 3.15).")]
    public static partial void TooOld(ILogger logger, string path, uint major, uint minor);

    [LoggerMessage(702, LogLevel.Debug, "{Path}: unmounted by somebody else.")]
    public static partial void Unmounted(ILogger logger, string path);

    [LoggerMessage(703, LogLevel.Warning, "{Path}: the kernel has taken it away; it is served no more.")]
    public static partial void TakenAway(ILogger logger, string path);
}
