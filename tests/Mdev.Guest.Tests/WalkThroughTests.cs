using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Mdev.Guest.Tests;

/// <summary>docs/management.md, word for word: each command in one shell, each line of output as the page has it.</summary>
public sealed class WalkThroughTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [LabFact]
    public void The_page_on_management_does_what_it_says()
    {
        using var place = new Place();
        string bin = place.Of("bin");
        Directory.CreateDirectory(bin);

        // mdevctl as Debian ships it, installed or not; lab/tool must not find this in its place.
        string mdevctl = Path.Combine(bin, "mdevctl");
        File.WriteAllText(mdevctl, $"#!/bin/sh\nPATH='{Environment.GetEnvironmentVariable("PATH")}' exec '{Paths.Lab("tool")}' mdevctl \"$@\"\n");
        Process.Start("chmod", ["755", mdevctl])!.WaitForExit();

        var start = new ProcessStartInfo("bash", ["--norc"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.PathOf("."),
        };
        start.Environment["MDEV_RUNTIME_DIR"] = place.Of("r");
        start.Environment["MDEV_CONFIG_DIR"] = place.Of("d");
        start.Environment["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["NO_COLOR"] = "1";
        using Process shell = Process.Start(start)!;
        var output = new Said();
        _ = ReadLines.Of(shell.StandardOutput, output.Add);
        try
        {
            shell.StandardInput.WriteLine("exec 2>&1");
            foreach ((string command, string[] expected) in Steps())
                Run(shell, output, command, expected);
            shell.StandardInput.WriteLine("exit");
            Assert.True(shell.WaitForExit(s_patience));
        }
        finally
        {
            shell.Kill(entireProcessTree: true);
        }
    }

    private static void Run(Process shell, Said output, string command, string[] expected)
    {
        int begin = output.Text.Length;
        string end = $"done-{Guid.NewGuid()}";
        shell.StandardInput.WriteLine(command);
        shell.StandardInput.WriteLine($"echo {end}");
        shell.StandardInput.Flush();

        // What runs in the background may say its first line after the shell has gone on.
        string pattern = Pattern(expected);
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            string said = output.Text[begin..];
            bool isDone = said.Contains(end, StringComparison.Ordinal);
            if (isDone && Regex.IsMatch(said.Replace(end + "\n", "", StringComparison.Ordinal), pattern))
                return;
            bool mayStillCome = command.EndsWith('&') || !isDone;
            Assert.True(mayStillCome && Stopwatch.GetElapsedTime(started) < s_patience,
                $"$ {command}\nshould say\n{string.Join('\n', expected)}\nbut says\n{said}");
            Thread.Sleep(20);
        }
    }

    private static string Pattern(string[] expected)
    {
        var pattern = new StringBuilder(@"\A");
        foreach (string line in expected)
            pattern.Append(line == "…" ? @"(?:.*\n)*?" : Regex.Escape(line).Replace("…", ".*", StringComparison.Ordinal) + @"\n?");
        return pattern.Append(@"\z").ToString();
    }

    // Code blocks marked as console: a command after each dollar, its output below.
    private static IEnumerable<(string Command, string[] Expected)> Steps()
    {
        string page = File.ReadAllText(Repository.PathOf("docs/management.md"));
        foreach (Match block in Regex.Matches(page, @"^```console\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline))
        {
            string[] lines = block.Groups[1].Value.TrimEnd('\n').Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                Assert.StartsWith("$ ", lines[i], StringComparison.Ordinal);
                string[] expected = [.. lines.Skip(i + 1).TakeWhile(line => !line.StartsWith("$ ", StringComparison.Ordinal))];
                yield return (lines[i][2..], expected);
                i += expected.Length;
            }
        }
    }

    private sealed class Said
    {
        private readonly StringBuilder _text = new();

        public string Text
        {
            get
            {
                lock (_text)
                    return _text.ToString();
            }
        }

        public void Add(string line)
        {
            lock (_text)
                _text.Append(line).Append('\n');
        }
    }
}
