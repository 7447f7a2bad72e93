# shellcheck shell=bash
# `bin/deploy rollback [DEPLOYMENT]`: code and site of before. Schema and templates stay as they are.

check_deployed
check_stacks
bucket=$(output "$data_stack" BucketName)
code=$(parameter "$app_stack" CodeKey)
code=${code#code/} code=${code%.zip}
site=''
if fetch site/current "$scratch/current"; then site=$(cut -d ' ' -f 2 "$scratch/current"); fi

if [ -n "${words[0]:-}" ]; then
    found=$(deployments | grep "^${words[0]} " | tail -n 1) || die "There is no deployment ${words[0]}; \`bin/deploy status\` lists them."
else
    found=$(deployments | grep -v " $code $site\$" | tail -n 1) || die "There is no earlier deployment to go back to."
fi
read -r moment code site <<<"$found"
for key in "code/$code.zip" "site/$site.zip"; do
    is_in_bucket "$key" || die "$key of $moment is not in the bucket any more."
done

say "Stack $app_stack, to the code of $moment"
change_stack "$app_stack" - "CodeKey=code/$code.zip"

say "Site"
fetch "site/$site.zip" "$scratch/site.zip"
deploy_site "$scratch/site.zip" "$site"

say "Asking $(output "$app_stack" PublicUrl)"
smoke
record_deployment "$code" "$site"
