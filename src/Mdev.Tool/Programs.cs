using System.Diagnostics;
using System.Text;

namespace Mdev.Tool;

/// <summary>Other programs: where they are, and what they say.</summary>
internal static class Programs
{
    /// <summary>Finds a program as a shell would, and then where administrators' programs are.</summary>
    /// <param name="name">A file name.</param>
    /// <param name="path">Folders, parted by colons, as in PATH.</param>
    /// <returns><see langword="null"/> if there is none.</returns>
    public static string? Find(string name, string path) =>
        path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(CanRun);

    /// <summary>PATH, and behind it where an ordinary user's does not look.</summary>
    public static string SearchPath => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/sbin:/sbin";

    /// <summary>Whether a file is a program that can be started.</summary>
    public static bool CanRun(string path)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            return File.Exists(path) && (File.GetUnixFileMode(path) & Execute) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Runs a program for what it prints on both outputs.</summary>
    /// <returns>Status and text; <see langword="null"/> if it cannot be started or does not end within ten seconds.</returns>
    public static async Task<(int Status, string Text)?> AskAsync(string program, string[] arguments, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            try
            {
                Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
                Task<string> error = process.StandardError.ReadToEndAsync(deadline.Token);
                string text = await output.ConfigureAwait(false) + await error.ConfigureAwait(false);
                await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
                return (process.ExitCode, text);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                cancel.ThrowIfCancellationRequested();
                return null;
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
