using System.Globalization;
using Mdev.Sdk.Management;

namespace Mdev.Tool.Doctor.Checks;

/// <summary>Definitions that cannot be read, or cannot start because parent or type are not there.</summary>
internal sealed class DefinitionsCheck : ICheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel)
    {
        DefinitionList list = patient.Definitions.Read();
        List<Finding> findings = [.. list.Problems.Select(p => Finding.Problem($"{p.Message} (until it is mended, that device is not defined)"))];
        foreach (IGrouping<string, Definition> parent in list.Definitions.GroupBy(d => d.Parent))
        {
            if (!patient.Parents.Contains(parent.Key))
            {
                findings.Add(Finding.Warning(string.Create(CultureInfo.InvariantCulture,
                    $"parent {parent.Key}, under which {parent.Count()} device(s) are defined, is not there: start its host program with --manage")));
                continue;
            }
            foreach (Definition definition in parent.Where(d => !patient.Types.Any(t => t.Parent == d.Parent && t.Id == d.Type)))
            {
                findings.Add(Finding.Problem(
                    $"device {definition.Uuid} is defined as a {definition.Type}, which parent {definition.Parent} does not offer: dotnet mdev modify -u {definition.Uuid} -p {definition.Parent} -t TYPE"));
            }
        }
        if (findings.Count == 0)
            findings.Add(Finding.Ok(string.Create(CultureInfo.InvariantCulture, $"{list.Definitions.Count} device(s) defined in {patient.Definitions.Folder}")));
        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }
}
