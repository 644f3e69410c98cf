using System.Diagnostics;
using System.Text;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;

namespace Mdev.Bench.Questions;

/// <summary>How much longer does a clean build take for a device of 1,000 registers?</summary>
/// <remarks>
/// Against the same project with the same 1,000 properties and no attribute, so that the difference is what reading and emitting
/// costs. Without a running compiler server: the generator's own code is compiled in every round, as it is once a day.
/// </remarks>
internal sealed class BuildTime : IQuestion
{
    private const int Registers = 1000;

    public string Name => "build";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Building");
        using var plain = new Project(withRegisters: false);
        using var device = new Project(withRegisters: true);
        Samples[] samples = Interleaved.Run(settings.IsQuick ? 1 : 5, ("properties", plain.Build), ("registers", device.Build));
        report.Compare("clean build of 1,000 registers, against as many properties", "ms", samples[1], samples[0]);
        report.State("added by 1,000 registers", (samples[1].Median - samples[0].Median) / 1000, "s", Target.AtMost(2));
    }

    private sealed class Project : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("mdev-build-").FullName;

        public Project(bool withRegisters)
        {
            string binaries = AppContext.BaseDirectory;
            string generator = Path.GetFullPath(Path.Combine(
                binaries, "..", "..", "Mdev.Sdk.Generators", new DirectoryInfo(binaries).Name, "Mdev.Sdk.Generators.dll"));
            Write("Directory.Build.props", "<Project />");
            Write("Device.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <Nullable>enable</Nullable>
                  </PropertyGroup>
                  <ItemGroup>
                    <Reference Include="{binaries}Mdev.Sdk.dll" />
                    <Analyzer Include="{generator}" />
                  </ItemGroup>
                </Project>
                """);
            Write("Device.cs", Source(withRegisters));
            Run("restore");
        }

        public double Build()
        {
            Directory.Delete(Path.Combine(_folder, "bin"), recursive: true);
            var watch = Stopwatch.StartNew();
            Run("build --no-restore --no-incremental --disable-build-servers -p:UseSharedCompilation=false");
            return watch.Elapsed.TotalMilliseconds;
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        private static string Source(bool withRegisters)
        {
            var text = new StringBuilder("namespace Device;\n");
            if (withRegisters)
                text.Append($"[Mdev.Sdk.RegisterBlock({Registers * 4})]\n");
            text.Append("public sealed partial class Block\n{\n");
            for (int i = 0; i < Registers; i++)
            {
                text.Append(withRegisters
                    ? $"    [Mdev.Sdk.Register(0x{i * 4:x3})] public partial uint Register{i} {{ get; set; }}\n"
                    : $"    public uint Register{i} {{ get; set; }}\n");
            }

            return text.Append("}\n").ToString();
        }

        private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

        private void Run(string arguments)
        {
            Directory.CreateDirectory(Path.Combine(_folder, "bin"));
            using Process process = Process.Start(new ProcessStartInfo("dotnet", $"{arguments} --nologo --verbosity quiet")
            {
                WorkingDirectory = _folder,
                RedirectStandardOutput = true,
            })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"dotnet {arguments} failed: {output}");
        }
    }
}
