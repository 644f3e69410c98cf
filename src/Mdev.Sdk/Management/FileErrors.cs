namespace Mdev.Sdk.Management;

/// <summary>What .NET's file functions throw, as an errno and a sentence.</summary>
internal static class FileErrors
{
    /// <summary>Whether an exception comes from the file system and not from a mistake of ours.</summary>
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException || IsTooLarge(e);

    /// <summary>The errno behind an exception.</summary>
    /// <returns>EIO where .NET tells none.</returns>
    public static Errno Of(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => Errno.ENOENT,
        PathTooLongException => Errno.ENAMETOOLONG,

        // On Unix an IOException's HResult is the errno itself, where there was one.
        IOException { HResult: > 0 and < 4096 } => (Errno)e.HResult,
        _ when IsTooLarge(e) => Errno.EFBIG,
        UnauthorizedAccessException => e.InnerException is IOException inner ? Of(inner) : Errno.EACCES,
        _ => Errno.EIO,
    };

    // What .NET makes of EFBIG (setrlimit(2), RLIMIT_FSIZE), be the caller's arguments as they may.
    private static bool IsTooLarge(Exception e) => e is ArgumentOutOfRangeException { ParamName: "value", Source: "System.Private.CoreLib" };

    /// <summary>An exception with what was tried.</summary>
    /// <param name="attempt">The beginning of a sentence: "Cannot write PATH".</param>
    /// <param name="e">What was thrown.</param>
    public static MdevException Sentence(string attempt, Exception e) => new(Of(e), $"{attempt}: {e.Message.ReplaceLineEndings(" ")}");
}
