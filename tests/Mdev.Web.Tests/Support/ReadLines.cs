namespace Mdev.Web.Tests.Support;

/// <summary>Reads what a process says, line by line, on a thread of its own.</summary>
/// <remarks>
/// The events of <see cref="System.Diagnostics.Process"/> come by the thread pool, which gets no new thread while others keep all
/// processors busy: lines arrived after the process had ended, and tests missed them.
/// </remarks>
internal static class ReadLines
{
    /// <param name="reader">Standard output or error.</param>
    /// <param name="said">Told each line, on that thread.</param>
    /// <returns>The thread, which ends with the stream.</returns>
    public static Thread Of(StreamReader reader, Action<string> said)
    {
        var thread = new Thread(() =>
        {
            while (reader.ReadLine() is { } line)
                said(line);
        })
        {
            IsBackground = true,
            Name = "output",
        };
        thread.Start();
        return thread;
    }
}
