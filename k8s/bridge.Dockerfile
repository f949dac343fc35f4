FROM node:24-slim
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY contract/package.json contract/
COPY fan-out/package.json fan-out/
COPY bridge/package.json bridge/
RUN npm ci --omit=dev --ignore-scripts --workspace @everypod/bridge
COPY contract contract
COPY fan-out fan-out
COPY bridge bridge
USER 1000
EXPOSE 8080
CMD ["node", "bridge/bin/everypod-bridge.mjs"]
